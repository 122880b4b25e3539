// Newsctl is a toolkit for the curators of a Markdown news archive.
package main

import (
	"os"

	"newsctl/commands"
)

func main() {
	os.Exit(commands.Main(os.Args, os.Stdin, os.Stdout, os.Stderr))
}
