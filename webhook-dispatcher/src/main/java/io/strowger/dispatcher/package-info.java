/// The webhook-dispatcher: takes each event from `call.events` to its receiver, signed, in order
/// for its connection, until it is accepted or given up. This package wires; `core` decides what is
/// tried when; `shell` has the log and the HTTP client.
@NullMarked
package io.strowger.dispatcher;

import org.jspecify.annotations.NullMarked;
