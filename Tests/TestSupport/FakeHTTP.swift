// The scripted HTTP server is a target of its own, so that programs can use it that have no test library; whoever
// imports TestSupport has it all the same.
@_exported import FakeHTTP
