/// Events that were given up, as an operator sees them: found, shown, sent again.
@NullMarked
package io.strowger.dispatcher.core.letters;

import org.jspecify.annotations.NullMarked;
