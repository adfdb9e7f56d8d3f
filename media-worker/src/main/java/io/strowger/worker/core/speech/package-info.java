/// Speech that becomes text: what calls ask of a recogniser, and the words in which it answers.
@NullMarked
package io.strowger.worker.core.speech;

import org.jspecify.annotations.NullMarked;
