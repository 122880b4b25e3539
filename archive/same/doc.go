// Package same finds pages of one event ([FindDuplicate]) and events that their day
// page seems to have forgotten ([LikelyForgotten]). What makes two events the same is
// decided by package match.
package same
