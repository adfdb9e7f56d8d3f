/// The dispatcher against a real broker and real receivers.
@NullMarked
package io.strowger.dispatcher;

import org.jspecify.annotations.NullMarked;
