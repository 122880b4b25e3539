// Package lsp serves archives to editors by the Language Server Protocol 3.17:
// the findings of lint as diagnostics, its fixes and relink as code actions,
// completion, hover, navigation and rename. It reads the archives as they are on
// disk with the open documents laid over them, and writes nothing: all edits are the
// client's to make.
//
// [Serve] reads messages in order ([server.run]). Notifications that change documents
// are handled at once; requests run on their own, each with the documents as they
// were when it came. Of each archive there are two kept states ([fileTree]): near, of
// which only what is asked for is read, for what an editor asks at each keystroke;
// and [whole], of which all facts are known, for what concerns all pages.
//
// The protocol is written here, as far as it is used: the library of its types adds
// 2.4 MB and eight modules to the program and knows no encoding of positions but
// UTF-16, and that of JSON-RPC neither limits the size of a message nor continues after
// a broken one.
package lsp
