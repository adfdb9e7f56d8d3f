/// Collecting keys and words: prompt, silences, stop keys, choices. Time is an argument.
@NullMarked
package io.strowger.worker.core.recognize;

import org.jspecify.annotations.NullMarked;
