/// Tests of the worker as a whole.
@NullMarked
package io.strowger.worker;

import org.jspecify.annotations.NullMarked;
