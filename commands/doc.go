// Package commands is newsctl at the terminal: it reads flags, asks the archive
// or the linter, and shows the answer.
//
// # Layers
//
// Imports run one way, and a test holds them to it:
//
//	main -> commands -> lint -> archive -> archive/page, diff, txn, git
//
// commands knows flags, streams and terminals. lint knows what is wrong, archive
// what an archive is; neither knows flags.
//
// # Adding a command
//
// Write <name>.go with a function that returns its *cli.Command, put it in the
// list in app.go, and show each behavior in testdata/script/<name>-*.txtar. Its
// flags have their Destination in an options struct that the function makes, and
// that its action is given; flags that several commands have are a struct of their
// own, such as planOptions, which is embedded. No action reads a flag by its name.
//
// Its Description ends with examples, which help shows first, and with the exit
// statuses that are particular to it; completion and the manual page follow from
// its flags and their help, where `PAGE` or `RULE` says what a value is. An action
// returns nil, [errFindings] for exit status 1, or any other error for exit status
// 2. A flag that makes it end with 1 says so with exitsWith1.
//
// Before an action, checkUsage refuses a command line that cannot be meant. It
// reads the number of arguments from ArgsUsage, and the rest from the flags:
// choice is a flag of few words, and ruled says which others a flag requires or
// excludes. No action checks that again.
//
// A file that is not a page is opened by files.go. Text for people goes to the
// printers stdout and stderr, which escape what would drive a terminal; formats
// for programs go to their raw.
package commands
