/// What is spoken: languages by the names that applications give to voices, and SSML reduced to
/// what a local synthesizer may see.
@NullMarked
package io.strowger.worker.shell.speech;

import org.jspecify.annotations.NullMarked;
