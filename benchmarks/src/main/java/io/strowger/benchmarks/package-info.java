@NullMarked
package io.strowger.benchmarks;

import org.jspecify.annotations.NullMarked;
