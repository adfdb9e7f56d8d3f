/// Where finished recordings are kept: what every store can do.
@NullMarked
package io.strowger.recording.core.store;

import org.jspecify.annotations.NullMarked;
