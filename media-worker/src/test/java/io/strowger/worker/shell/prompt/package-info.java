/// Where prompts may come from.
@NullMarked
package io.strowger.worker.shell.prompt;

import org.jspecify.annotations.NullMarked;
