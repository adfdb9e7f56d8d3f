/// Audio that flows, brought from 8 kHz to a whole multiple of it and back.
@NullMarked
package io.strowger.media.resample;

import org.jspecify.annotations.NullMarked;
