@NullMarked
package io.strowger.runtime;

import org.jspecify.annotations.NullMarked;
