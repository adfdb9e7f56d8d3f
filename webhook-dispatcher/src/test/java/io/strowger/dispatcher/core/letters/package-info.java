/// Tests of dead letters.
@NullMarked
package io.strowger.dispatcher.core.letters;

import org.jspecify.annotations.NullMarked;
