/// Tests of the way to a recogniser, against a server that hears tones.
@NullMarked
package io.strowger.worker.shell.recognizer;

import org.jspecify.annotations.NullMarked;
