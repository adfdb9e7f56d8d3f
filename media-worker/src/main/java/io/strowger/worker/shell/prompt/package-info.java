/// Prompts from http, https and files, bounded and cached.
@NullMarked
package io.strowger.worker.shell.prompt;

import org.jspecify.annotations.NullMarked;
