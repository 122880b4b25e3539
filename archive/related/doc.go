// Package related decides which events an event's page relates to, and writes the
// lists: [Relink] plans them for many pages, [ExplainRelated] says why an entry is
// there. Two events are related that share contexts; see [archive.Rank].
package related
