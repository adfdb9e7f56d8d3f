/// What a recording is made of and how it is kept: no clock, no Kafka, no sockets.
@NullMarked
package io.strowger.recording.core;

import org.jspecify.annotations.NullMarked;
