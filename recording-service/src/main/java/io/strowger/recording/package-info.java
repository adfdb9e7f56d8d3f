@NullMarked
package io.strowger.recording;

import org.jspecify.annotations.NullMarked;
