@NullMarked
package io.strowger.media;

import org.jspecify.annotations.NullMarked;
