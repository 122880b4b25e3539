// Package contexts knows what every event is about: from its topic, from the
// contexts that it declares, and from what the lists of other events say of it
// ([Of]). Lists of names are split and joined here, and nowhere else.
package contexts
