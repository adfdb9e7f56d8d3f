/// The gateway: authenticates, parses, validates, turns HTTP into commands, waits for their
/// replies.
@NullMarked
package io.strowger.gateway;

import org.jspecify.annotations.NullMarked;
