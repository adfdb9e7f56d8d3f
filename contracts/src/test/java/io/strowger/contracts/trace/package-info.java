/// Tests of trace contexts.
@NullMarked
package io.strowger.contracts.trace;

import org.jspecify.annotations.NullMarked;
