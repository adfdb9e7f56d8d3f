/// Tests of what goes between calls and a recogniser.
@NullMarked
package io.strowger.worker.core.speech;

import org.jspecify.annotations.NullMarked;
