/// How logs look, and what must not be in them.
@NullMarked
package io.strowger.runtime.log;

import org.jspecify.annotations.NullMarked;
