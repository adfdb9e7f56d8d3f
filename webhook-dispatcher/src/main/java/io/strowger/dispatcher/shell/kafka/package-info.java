/// The dispatcher's ends of the log: one thread that polls, parks, buries and commits, one that
/// reads parked events back.
@NullMarked
package io.strowger.dispatcher.shell.kafka;

import org.jspecify.annotations.NullMarked;
