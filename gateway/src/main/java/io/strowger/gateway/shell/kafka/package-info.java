/// Commands out, replies in.
@NullMarked
package io.strowger.gateway.shell.kafka;

import org.jspecify.annotations.NullMarked;
