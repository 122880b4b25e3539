// Package commands is newsctl at the terminal: it reads flags, queries the archive
// or the linter, and prints the result.
//
// # Layers
//
// Imports go one way, which TestLayers checks:
//
//	main -> commands -> lint -> archive/plan, listing, ... -> archive -> archive/page, facts, ...
//
// commands knows flags, streams and terminals. lint knows the rules, and archive
// knows what an archive is; neither knows flags. The directories of archive are on
// both sides of it: those that use the model import it, and it imports those that
// know nothing of it.
//
// # Adding a command
//
// Write <name>.go with a function that returns its *cli.Command, put it in the
// list in app.go, and test each behavior in testdata/script/<name>-*.txtar. The
// Destination of each flag is a field of an options struct, which the function
// creates and passes to the action. Flags that several commands share have a struct
// of their own, such as planOptions, which is embedded. No action reads a flag by
// name.
//
// Its Description ends with examples, which help shows first, and with any exit
// statuses of its own. Completion and the manual page are generated from
// its flags and their help, where `PAGE` or `RULE` says what a value is. An action
// returns nil, [errFindings] for exit status 1, or any other error for exit status
// 2. A flag that makes it exit with 1 declares that with exitsWith1.
//
// Before an action runs, checkUsage rejects an invalid command line. It takes the
// number of arguments from ArgsUsage, and the rest from the flags: choice makes a
// flag that accepts a fixed set of words, and ruled declares which flags another one
// requires or excludes. No action repeats these checks.
//
// Files other than pages are opened by files.go. Text for people goes to the printers
// stdout and stderr, which escape control characters; formats for programs go to
// their raw writers.
package commands
