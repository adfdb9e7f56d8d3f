/// The pure part of the gateway: bytes and headers in, commands and answers out. No clock, no
/// chance, no socket.
@NullMarked
package io.strowger.gateway.core;

import org.jspecify.annotations.NullMarked;
