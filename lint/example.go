package lint

// ExampleArchive is what the example of every rule takes as given, in the txtar
// format: two events that the pages of the examples link to.
const ExampleArchive = `
-- news/2024/03/4/storm-stops-the-ferry.md --
### [2024-03-4](/news/2024/03/4/index.md)

# Storm stops the ferry
-- news/2023/11/30/ferry-gets-a-new-engine.md --
### [2023-11-30](/news/2023/11/30/index.md)

# Ferry gets a new engine
`
