/// What a synthesizer may see of texts.
@NullMarked
package io.strowger.worker.shell.speech;

import org.jspecify.annotations.NullMarked;
