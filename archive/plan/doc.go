// Package plan has the only way to change an archive. Operations make
// [archive.Changes]; [Guard] checks them and makes a [Plan], which can be shown as a
// diff, saved, or committed under a [Lock]. No [Plan] exists that was not checked, as
// only this package can make one. Each commit is in the [History], so that it can be
// undone.
package plan
