@NullMarked
package io.strowger.kafka;

import org.jspecify.annotations.NullMarked;
