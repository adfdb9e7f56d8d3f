/// The demonstration: a reminder call to a built-in phone, told as a timeline.
@NullMarked
package io.strowger.standalone.demo;

import org.jspecify.annotations.NullMarked;
