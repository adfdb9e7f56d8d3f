/// Tones to send, and a detector that tells which are there.
@NullMarked
package io.strowger.media.tone;

import org.jspecify.annotations.NullMarked;
