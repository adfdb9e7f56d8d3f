/// The command line's entry.
@NullMarked
package io.strowger.standalone;

import org.jspecify.annotations.NullMarked;
