/// Looks for the likeliest mistakes of an installation and says what to mend.
@NullMarked
package io.strowger.standalone.doctor;

import org.jspecify.annotations.NullMarked;
