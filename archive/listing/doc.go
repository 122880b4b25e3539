// Package listing keeps day pages and the front page: which events they list, in
// which order, and how each archive writes them. [Index] plans to rebuild them.
package listing
