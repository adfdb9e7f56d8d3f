@NullMarked
package io.strowger.runtime.secrets;

import org.jspecify.annotations.NullMarked;
