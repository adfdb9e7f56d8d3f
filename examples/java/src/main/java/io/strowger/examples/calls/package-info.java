/// Applications that make calls with the official SDK of Azure, against Strowger: the same three as
/// in `examples/javascript`.
package io.strowger.examples.calls;
