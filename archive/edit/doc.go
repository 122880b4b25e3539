// Package edit has the operations of an editor: [Add] an event, [Rename],
// [Remove] and [Merge] events, [Follow] what was renamed by hand. Each returns a
// plan of every page that changes with it.
package edit
