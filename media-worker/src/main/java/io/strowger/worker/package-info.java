@NullMarked
package io.strowger.worker;

import org.jspecify.annotations.NullMarked;
