/// What plays: clips one after the other, over and over, until the end or a stop.
@NullMarked
package io.strowger.worker.core.play;

import org.jspecify.annotations.NullMarked;
