/// The seam between call control and media: what one asks of the other.
@NullMarked
package io.strowger.worker.core.media;

import org.jspecify.annotations.NullMarked;
