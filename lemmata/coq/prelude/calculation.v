(* ---------------------------------------------------------------- steps of a calculation *)

Lemma by_plus : forall a b a' b' r, a = a' -> b = b' -> a' + b' = r -> a + b = r.
Proof. intros; subst; reflexivity. Qed.

Lemma by_times : forall a b a' b' r, a = a' -> b = b' -> a' * b' = r -> a * b = r.
Proof. intros; subst; reflexivity. Qed.

Lemma by_over : forall a b a' b' r, a = a' -> / b = b' -> a' * b' = r -> a / b = r.
Proof. intros; subst; reflexivity. Qed.

Lemma equal_by : forall l r g, g = 0 -> l - r - g = 0 -> l = r.
Proof. intros. lra. Qed.

Lemma at_most_by : forall l r g, 0 <= g -> r - l - g = 0 -> l <= r.
Proof. intros. lra. Qed.

Lemma less_by : forall l r g, 0 < g -> r - l - g = 0 -> l < r.
Proof. intros. lra. Qed.

Lemma truth_at_most_one : forall P Q (d : {P} + {Q}), 0 <= 1 - truth d.
Proof. intros P Q [h|h]; simpl; lra. Qed.

Ltac is_a_bit :=
  match goal with
  | |- is_bit (truth _) => apply truth_bit
  | h : In ?x (bits ?n) |- is_bit (?x _) => apply (bit_at n x _ h); lia
  | h : forall _, _ |- is_bit _ => apply h; first [assumption | lia]
  | |- _ => assumption
  end.

(* Whatever is nonnegative by its form. *)
Ltac nonneg :=
  try assumption;
  match goal with
  | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; nonneg
  | |- 0 <= ?a * ?a => apply Rle_0_sqr
  | |- 0 <= _ * _ => apply Rmult_le_pos; nonneg
  | |- 0 <= _ / _ => unfold Rdiv; apply Rmult_le_pos; nonneg
  | |- 0 <= / _ => apply inverse_nonneg; nonneg
  | |- 0 <= _ ^ 2 => apply pow2_ge_0
  | |- 0 <= _ ^ _ => apply pow_le; nonneg
  | |- 0 <= INR _ => apply pos_INR
  | |- 0 <= truth _ => apply bit_nonneg, truth_bit
  | |- 0 <= 1 - truth _ => apply truth_at_most_one
  | |- 0 <= sum _ _ => apply sum_nonneg; intros; nonneg
  | |- 0 <= mean _ _ => apply mean_nonneg; intros; nonneg
  | |- 0 <= prod _ _ => apply prod_nonneg; intros; nonneg
  | |- _ => first [lra | apply bit_nonneg; is_a_bit]
  end.

(* Whatever is positive by its form. *)
Ltac positive :=
  try assumption; try lra;
  match goal with
  | |- 0 < _ * _ => apply Rmult_lt_0_compat; positive
  | |- 0 < _ / _ => unfold Rdiv; apply Rmult_lt_0_compat; positive
  | |- 0 < / _ => apply Rinv_0_lt_compat; positive
  | |- 0 < _ ^ _ => apply pow_lt; positive
  | |- 0 < _ + _ => first [ apply Rplus_lt_le_0_compat; [positive | nonneg]
                          | apply Rplus_le_lt_0_compat; [nonneg | positive] ]
  end.

Ltac nonzero :=
  repeat match goal with |- _ /\ _ => split end;
  try assumption; try lra;
  match goal with
  | |- _ ^ _ <> 0 => apply pow_nonzero; nonzero
  | |- _ * _ <> 0 => apply Rmult_integral_contrapositive_currified; nonzero
  | |- / _ <> 0 => apply Rinv_neq_0_compat; nonzero
  | |- - _ <> 0 => apply Ropp_neq_0_compat; nonzero
  | |- _ + _ <> 0 => apply Rgt_not_eq; unfold Rgt; positive
  end.

Lemma by_minus : forall a b a' b' r, a = a' -> b = b' -> a' - b' = r -> a - b = r.
Proof. intros; subst; reflexivity. Qed.

Lemma by_opposite : forall a a' r, a = a' -> - a' = r -> - a = r.
Proof. intros; subst; reflexivity. Qed.

Lemma by_power : forall a a' k r, a = a' -> a' ^ k = r -> a ^ k = r.
Proof. intros; subst; reflexivity. Qed.

Lemma by_inverse : forall a a' r, a = a' -> / a' = r -> / a = r.
Proof. intros; subst; reflexivity. Qed.

(* Terms of a weighted sum, one after another. *)
Lemma by_terms : forall c x x' y y', x = x' -> y = y' -> c * x + y = c * x' + y'.
Proof. intros; subst; reflexivity. Qed.

Lemma by_last : forall c x x', x = x' -> c * x = c * x'.
Proof. intros; subst; reflexivity. Qed.

Lemma by_sum : forall (A : Type) (l : list A) f g r,
  (forall a, In a l -> f a = g a) -> sum l g = r -> sum l f = r.
Proof. intros A l f g r h <-. apply sum_ext, h. Qed.

Lemma by_prod : forall n f g r, (forall i, (i < n)%nat -> f i = g i) -> prod n g = r -> prod n f = r.
Proof. intros n f g r h <-. apply prod_ext, h. Qed.

Lemma by_linearity : forall (A : Type) (l : list A) c f g r,
  sum l g = r -> sum l (fun a => c * f a + g a) = c * sum l f + r.
Proof. intros A l c f g r <-. apply sum_cons. Qed.

Lemma by_sum_alone : forall (A : Type) (l : list A) f g r,
  (forall a, In a l -> f a = 1 * g a) -> sum l g = r -> sum l f = 1 * r.
Proof. intros A l f g r h <-. rewrite (sum_ext A l f _ h). apply sum_scaled. Qed.

Lemma by_monomials : forall m m' r, m * m' = r -> 1 * m * (1 * m') = 1 * r.
Proof. intros m m' r <-. ring. Qed.

Lemma by_square : forall a a' r, a = a' -> a' * a' = r -> a ^ 2 = r.
Proof. intros a a' r <- <-. ring. Qed.

Lemma by_mean_signs : forall n f s a r, sum (signs n) f = s -> / 2 ^ n = a -> a * s = r -> mean (signs n) f = r.
Proof. intros n f s a r <- <- <-. apply mean_signs. Qed.

Lemma by_mean_bits : forall n f s a r, sum (bits n) f = s -> / 2 ^ n = a -> a * s = r -> mean (bits n) f = r.
Proof. intros n f s a r <- <- <-. apply mean_bits. Qed.

Lemma as_itself : forall a, a = 1 * a.
Proof. intros a. ring. Qed.

Lemma by_one : forall m m', m = m' -> m = 1 * m'.
Proof. intros m m' <-. ring. Qed.

Lemma by_bit_power : forall x b r, is_bit b -> 1 + b * (x - 1) = r -> x ^ bit b = r.
Proof. intros x b r h <-. apply power_bit, h. Qed.

Lemma by_derivative : forall F w d r, derivable_pt_lim F w d -> d = r -> diff F w = r.
Proof. intros F w d r h <-. apply diff_is, h. Qed.

Lemma truth_flipped : forall a b, truth (Req_EM_T a b) = truth (Req_EM_T b a).
Proof. intros a b. apply truth_same. split; intro; symmetry; assumption. Qed.

Lemma vectors_flipped : forall n a b, truth (agree n a b) = truth (agree n b a).
Proof. intros n a b. apply truth_same. split; intros h i hi; symmetry; apply h, hi. Qed.

Lemma points_flipped : forall (P : Type) (same : forall a b : P, {a = b} + {a <> b}) a b,
  truth (same a b) = truth (same b a).
Proof. intros P same a b. apply truth_same. split; intro; symmetry; assumption. Qed.

Lemma equal_gap_back : forall a b g, b - a = g -> truth (Req_EM_T a b) = truth (Req_EM_T 0 g).
Proof. intros a b g h. apply truth_same. lra. Qed.

Lemma sum_of_signs : forall f, sum sign_values f = f 1 + f (Ropp 1).
Proof. intros f. simpl. ring. Qed.

Lemma sum_of_bits : forall f, sum bit_values f = f 0 + f 1.
Proof. intros f. simpl. ring. Qed.

Lemma mean_of_signs : forall f, mean sign_values f = (f 1 + f (Ropp 1)) / 2.
Proof. intros f. unfold mean. rewrite sum_of_signs. simpl. field. Qed.

Lemma mean_of_bits : forall f, mean bit_values f = (f 0 + f 1) / 2.
Proof. intros f. unfold mean. rewrite sum_of_bits. simpl. field. Qed.

Lemma difference_positive : forall c l r, 0 < c -> l < r -> 0 < c * (r - l).
Proof. intros c l r hc h. apply Rmult_lt_0_compat; lra. Qed.

Lemma gap_zero : forall l r, l = r -> l - r = 0.
Proof. intros l r ->. ring. Qed.

Lemma gap_nonneg : forall l r, l <= r -> 0 <= r - l.
Proof. intros. lra. Qed.

Lemma weighted_zero : forall c x, x = 0 -> c * x = 0.
Proof. intros c x ->. ring. Qed.

(* Guards: what is multiplied by a bracket need hold only where the bracket is 1. *)
Lemma where_zero : forall (P : Prop) (d : {P} + {~ P}) x, (P -> x = 0) -> truth d * x = 0.
Proof. intros P [p|p] x h; simpl; [rewrite (h p)|]; ring. Qed.

Lemma unless_zero : forall (P : Prop) (d : {P} + {~ P}) x, (~ P -> x = 0) -> (1 - truth d) * x = 0.
Proof. intros P [p|p] x h; simpl; [|rewrite (h p)]; ring. Qed.

Lemma where_equal : forall (P : Prop) (d : {P} + {~ P}) x y, (P -> x = y) -> truth d * x = truth d * y.
Proof. intros P [p|p] x y h; simpl; [rewrite (h p)|]; ring. Qed.

Lemma where_nonneg : forall (P : Prop) (d : {P} + {~ P}) x, (P -> 0 <= x) -> 0 <= truth d * x.
Proof. intros P [p|p] x h; simpl; [specialize (h p)|]; lra. Qed.

Lemma unless_nonneg : forall (P : Prop) (d : {P} + {~ P}) x, (~ P -> 0 <= x) -> 0 <= (1 - truth d) * x.
Proof. intros P [p|p] x h; simpl; [|specialize (h p)]; lra. Qed.

Lemma no_less_than_zero : forall a, a = 0 -> 0 <= a.
Proof. intros a ->. lra. Qed.

Lemma both_zero : forall a b, a = 0 -> b = 0 -> a + b = 0.
Proof. intros a b -> ->. ring. Qed.

Lemma weighted_square : forall c a, 0 <= c -> 0 <= c * (a * a).
Proof. intros c a h. apply Rmult_le_pos; [exact h | apply Rle_0_sqr]. Qed.

Lemma positive_square : forall c a, 0 < c -> a <> 0 -> 0 < c * (a * a).
Proof. intros c a h ha. apply Rmult_lt_0_compat; [exact h | apply Rsqr_pos_lt, ha]. Qed.

Lemma weighted_nonneg : forall c a, 0 <= c -> 0 <= a -> 0 <= c * a.
Proof. intros c a h ha. apply Rmult_le_pos; assumption. Qed.

(* An inequality known by its difference. *)
Lemma same_equal : forall a b c d, c = d -> b - a - (d - c) = 0 -> a = b.
Proof. intros. lra. Qed.

Lemma same_at_most : forall a b c d, c <= d -> b - a - (d - c) = 0 -> a <= b.
Proof. intros. lra. Qed.

Lemma same_less : forall a b c d, c < d -> b - a - (d - c) = 0 -> a < b.
Proof. intros. lra. Qed.

Lemma same_unequal : forall a b c d, c <> d -> b - a - (d - c) = 0 -> a <> b.
Proof. intros a b c d h e bad. apply h. lra. Qed.

(* Denominators that are sums: what is 0 after multiplying with one that is not 0 was 0. *)
Lemma by_clearing : forall d p q, d <> 0 -> (d <> 0 -> d * p = q) -> q = 0 -> p = 0.
Proof.
  intros d p q hd h z. rewrite <- (h hd) in z. destruct (Rmult_integral d p z) as [e|e]; [contradiction | exact e].
Qed.

Lemma clear_terms : forall d c m t y r, d * m = t -> d * y = r -> d * (c * m + y) = c * t + r.
Proof. intros d c m t y r <- <-. ring. Qed.

Lemma clear_last : forall d c m t, d * m = t -> d * (c * m) = c * t.
Proof. intros d c m t <-. ring. Qed.

Lemma clear_one : forall d a b, d <> 0 -> b = a * / d -> d * b = a.
Proof. intros d a b h ->. field. exact h. Qed.

Lemma nonzero_by_less : forall l r c d, l < r -> r - l = c * d -> d <> 0.
Proof. intros l r c d h e ->. rewrite Rmult_0_r in e. lra. Qed.

Lemma nonzero_by_unequal : forall l r c d, l <> r -> r - l = c * d -> d <> 0.
Proof. intros l r c d h e ->. rewrite Rmult_0_r in e. apply h. lra. Qed.

(* An equation between brackets of numbers, in every case. *)
Ltac by_truth :=
  unfold truth; repeat match goal with |- context [if ?d then _ else _] => destruct d end; first [lra | nra].
