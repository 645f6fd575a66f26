// The store in memory is a target of its own, so that programs can use it that have no test library; whoever imports
// this one for a test gets it too.
@_exported import MemoryStore
