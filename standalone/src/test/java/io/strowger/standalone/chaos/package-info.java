/// What the matrix of faults and calls prints.
@NullMarked
package io.strowger.standalone.chaos;

import org.jspecify.annotations.NullMarked;
