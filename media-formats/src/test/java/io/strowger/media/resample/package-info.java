@NullMarked
package io.strowger.media.resample;

import org.jspecify.annotations.NullMarked;
