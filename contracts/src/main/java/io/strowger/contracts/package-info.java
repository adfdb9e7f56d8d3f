@NullMarked
package io.strowger.contracts;

import org.jspecify.annotations.NullMarked;
