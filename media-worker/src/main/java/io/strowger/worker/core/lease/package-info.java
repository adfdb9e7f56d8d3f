/// The worker's right to make media: it lasts as long as its heartbeats are acknowledged.
@NullMarked
package io.strowger.worker.core.lease;

import org.jspecify.annotations.NullMarked;
