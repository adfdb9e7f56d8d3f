/// What a synthesizer may see of texts.
@NullMarked
package io.strowger.worker.core.speech;

import org.jspecify.annotations.NullMarked;
