(* The meaning of the terms over Coq's real numbers, and what is proved once about finite sums, cubes and derivatives. *)

From Coq Require Import Reals List Lia Lra Psatz FunctionalExtensionality.
Import ListNotations.
Open Scope R_scope.

(* ---------------------------------------------------------------- finite sorts, sums and products *)

(* A vector of length n is a function that is 0 from n on. *)
Definition vector := nat -> R.
Definition put (v : vector) (m : nat) (s : R) : vector := fun i => if Nat.eqb i m then s else v i.
Definition build (n : nat) (f : nat -> R) : vector := fun i => if Nat.ltb i n then f i else 0.

(* All vectors of length n whose components are a or b. *)
Fixpoint cube (a b : R) (n : nat) : list vector :=
  match n with
  | O => [fun _ => 0]
  | S m => flat_map (fun v => [put v m a; put v m b]) (cube a b m)
  end.
Definition signs := cube 1 (Ropp 1).
Definition bits := cube 0 1.
Definition sign_values := [1; Ropp 1].
Definition bit_values := [0; 1].
Definition indices (n : nat) := seq 0 n.
Definition is_sign (s : R) := s = 1 \/ s = Ropp 1.
Definition is_bit (b : R) := b = 0 \/ b = 1.
(* A bit as an exponent. *)
Definition bit (b : R) : nat := if Req_EM_T b 0 then 0%nat else 1%nat.

Fixpoint sum {A : Type} (l : list A) (f : A -> R) : R :=
  match l with
  | [] => 0
  | a :: rest => f a + sum rest f
  end.
Definition mean {A : Type} (l : list A) (f : A -> R) : R := sum l f / INR (length l).
Fixpoint prod (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 1
  | S m => prod m f * f m
  end.

(* Iverson's bracket of what is decided. *)
Definition truth {P Q : Prop} (d : {P} + {Q}) : R := if d then 1 else 0.
Definition agree (n : nat) (a b : vector) :
  {forall i, (i < n)%nat -> a i = b i} + {~ forall i, (i < n)%nat -> a i = b i}.
Proof.
  induction n as [|n [yes|no]].
  - left. intros i h. lia.
  - destruct (Req_EM_T (a n) (b n)) as [e|e].
    + left. intros i h. destruct (Nat.eq_dec i n) as [->|d]; [exact e | apply yes; lia].
    + right. intros h. apply e, h. lia.
  - right. intros h. apply no. intros i hi. apply h. lia.
Defined.

(* ---------------------------------------------------------------- the derivative, a total function *)

Definition squeeze (d : R) : R := d / (1 + Rabs d).
Definition slopes (F : R -> R) (w : R) : R -> Prop :=
  fun y => y = -1 \/ exists d, derivable_pt_lim F w d /\ y <= squeeze d.

Lemma squeeze_bounds : forall d, -1 < squeeze d < 1.
Proof.
  intros d. unfold squeeze. assert (h : 0 < 1 + Rabs d) by (pose proof (Rabs_pos d); lra).
  split; apply (Rmult_lt_reg_r (1 + Rabs d)); try exact h; unfold Rdiv;
    rewrite ?Rmult_assoc, ?Rinv_l by lra; unfold Rabs in *; destruct (Rcase_abs d); lra.
Qed.

Lemma slopes_bound : forall F w, bound (slopes F w).
Proof.
  intros F w. exists 1. intros y [->|[d [_ h]]]; [lra | pose proof (squeeze_bounds d); lra].
Qed.

Lemma slopes_inhabited : forall F w, exists y, slopes F w y.
Proof. intros F w. exists (-1). left. reflexivity. Qed.

(* The derivative of F at w wherever there is one (diff_is): the least upper bound recovers it. *)
Definition diff (F : R -> R) (w : R) : R :=
  let m := proj1_sig (completeness (slopes F w) (slopes_bound F w) (slopes_inhabited F w)) in
  m / (1 - Rabs m).

Lemma diff_is : forall F w d, derivable_pt_lim F w d -> diff F w = d.
Proof.
  intros F w d h. unfold diff.
  destruct (completeness (slopes F w) (slopes_bound F w) (slopes_inhabited F w)) as [m [up least]].
  simpl. assert (e : m = squeeze d).
  { apply Rle_antisym.
    - apply least. intros y [->|[d' [h' le]]].
      + pose proof (squeeze_bounds d); lra.
      + rewrite <- (uniqueness_limite F w d' d h' h). exact le.
    - apply up. right. exists d. split; [exact h | lra]. }
  subst m. unfold squeeze. unfold Rabs at 1 3. destruct (Rcase_abs d) as [l|g].
  - unfold Rabs. destruct (Rcase_abs (d / (1 + - d))) as [l'|g'].
    + field. split; [lra|]. intro bad. apply (Rlt_irrefl 0). lra.
    + exfalso. assert (d / (1 + - d) < 0); [|lra]. unfold Rdiv.
      apply (Rmult_lt_reg_r (1 + - d)); [lra|]. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - unfold Rabs. destruct (Rcase_abs (d / (1 + d))) as [l'|g'].
    + exfalso. assert (0 <= d / (1 + d)); [|lra]. unfold Rdiv.
      apply Rmult_le_pos; [lra|]. left. apply Rinv_0_lt_compat. lra.
    + field. split; [lra|]. intro bad. lra.
Qed.

(* k times differentiable, the last derivative continuous. *)
Fixpoint smooth (k : nat) (F : R -> R) : Prop :=
  match k with
  | O => continuity F
  | S j => (forall t, derivable_pt_lim F t (diff F t)) /\ smooth j (diff F)
  end.

(* ---------------------------------------------------------------- finite sums *)

Lemma sum_ext : forall (A : Type) (l : list A) f g, (forall a, In a l -> f a = g a) -> sum l f = sum l g.
Proof.
  intros A l f g. induction l as [|a l IH]; intros h; [reflexivity|]. simpl.
  rewrite (h a), IH; [reflexivity | intros b hb; apply h; right; exact hb | left; reflexivity].
Qed.

Lemma prod_ext : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> prod n f = prod n g.
Proof.
  induction n as [|n IH]; intros f g h; [reflexivity|]. simpl.
  rewrite (IH f g), (h n); [reflexivity | lia | intros i hi; apply h; lia].
Qed.

Lemma sum_cons : forall (A : Type) (l : list A) c f g,
  sum l (fun a => c * f a + g a) = c * sum l f + sum l g.
Proof. intros A l c f g. induction l as [|a l IH]; simpl; [ring | rewrite IH; ring]. Qed.

Lemma sum_scaled : forall (A : Type) (l : list A) c f, sum l (fun a => c * f a) = c * sum l f.
Proof. intros A l c f. induction l as [|a l IH]; simpl; [ring | rewrite IH; ring]. Qed.

Lemma sum_nothing : forall (A : Type) (l : list A), sum l (fun _ => 0) = 0.
Proof. intros A l. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma sum_constant : forall (A : Type) (l : list A) c, sum l (fun _ => c) = INR (length l) * c.
Proof.
  intros A l c. induction l as [|a l IH]; simpl length; [simpl; ring|].
  rewrite S_INR. simpl sum. rewrite IH. ring.
Qed.

Lemma sum_right : forall (A : Type) (l : list A) f g c,
  (forall a, In a l -> f a * c = g a) -> sum l f * c = sum l g.
Proof.
  intros A l f g c h. rewrite <- (sum_ext A l (fun a => f a * c) g h).
  induction l as [|a l IH]; simpl; [ring|]. rewrite <- IH; [ring|].
  intros b hb. apply h. right. exact hb.
Qed.

Lemma sum_left : forall (A : Type) (l : list A) f g c,
  (forall a, In a l -> c * f a = g a) -> c * sum l f = sum l g.
Proof.
  intros A l f g c h. rewrite Rmult_comm. apply sum_right.
  intros a ha. rewrite Rmult_comm. apply h, ha.
Qed.

Lemma sum_exchange : forall (A B : Type) (l : list A) (m : list B) f,
  sum l (fun a => sum m (fun b => f a b)) = sum m (fun b => sum l (fun a => f a b)).
Proof.
  intros A B l m f. induction l as [|a l IH]; simpl; [symmetry; apply sum_nothing|].
  rewrite IH. induction m as [|b m IHm]; simpl; [ring|].
  rewrite <- IHm; [ring|]. clear. induction l as [|a l IH]; simpl; [symmetry; apply sum_nothing|].
  rewrite IH. clear. induction m as [|b m IH]; simpl; [ring | rewrite <- IH; ring].
Qed.

Lemma sum_app : forall (A : Type) (l m : list A) f, sum (l ++ m) f = sum l f + sum m f.
Proof. intros A l m f. induction l as [|a l IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma sum_nonneg : forall (A : Type) (l : list A) f, (forall a, In a l -> 0 <= f a) -> 0 <= sum l f.
Proof.
  intros A l f. induction l as [|a l IH]; intros h; simpl; [lra|].
  apply Rplus_le_le_0_compat; [apply h; left; reflexivity | apply IH; intros b hb; apply h; right; exact hb].
Qed.

Lemma sum_zero : forall (A : Type) (l : list A) f, (forall a, In a l -> f a = 0) -> sum l f = 0.
Proof. intros A l f h. rewrite (sum_ext A l f (fun _ => 0) h). apply sum_nothing. Qed.

Lemma mean_zero : forall (A : Type) (l : list A) f, (forall a, In a l -> f a = 0) -> mean l f = 0.
Proof. intros A l f h. unfold mean. rewrite (sum_zero A l f h). unfold Rdiv. ring. Qed.

Lemma inverse_nonneg : forall r, 0 <= r -> 0 <= / r.
Proof.
  intros r [h|<-]; [left; apply Rinv_0_lt_compat, h|].
  rewrite Rinv_0. lra.
Qed.

Lemma mean_nonneg : forall (A : Type) (l : list A) f, (forall a, In a l -> 0 <= f a) -> 0 <= mean l f.
Proof.
  intros A l f h. unfold mean, Rdiv. apply Rmult_le_pos; [apply sum_nonneg, h|].
  apply inverse_nonneg, pos_INR.
Qed.

Lemma index_in : forall n i, In i (indices n) <-> (i < n)%nat.
Proof. intros n i. unfold indices. rewrite in_seq. lia. Qed.

Lemma count_indices : forall n c, sum (indices n) (fun _ => c) = INR n * c.
Proof. intros n c. rewrite sum_constant. unfold indices. rewrite seq_length. reflexivity. Qed.

Lemma sum_last : forall n f, sum (indices (n + 1)) f = sum (indices n) f + f n.
Proof.
  intros n f. unfold indices. rewrite Nat.add_1_r, seq_S, sum_app. simpl. ring.
Qed.

Lemma sum_delta : forall n k f, (k < n)%nat ->
  sum (indices n) (fun i => truth (Req_EM_T (INR i) (INR k)) * f i) = f k.
Proof.
  assert (away : forall n k f, (n <= k)%nat ->
    sum (indices n) (fun i => truth (Req_EM_T (INR i) (INR k)) * f i) = 0).
  { intros n k f h. apply sum_zero. intros i hi. apply index_in in hi.
    destruct (Req_EM_T (INR i) (INR k)) as [e|e]; simpl; [apply INR_eq in e; lia | ring]. }
  intros n k f. induction n as [|n IH]; intros h; [lia|].
  replace (S n) with (n + 1)%nat by lia. rewrite sum_last.
  destruct (Nat.eq_dec k n) as [->|d].
  - rewrite away by lia. destruct (Req_EM_T (INR n) (INR n)) as [e|e]; simpl; [ring | contradiction].
  - rewrite IH by lia. destruct (Req_EM_T (INR n) (INR k)) as [e|e]; simpl; [apply INR_eq in e; lia | ring].
Qed.

(* ---------------------------------------------------------------- products *)

Lemma prod_mul : forall n f g, prod n f * prod n g = prod n (fun i => f i * g i).
Proof. intros n f g. induction n as [|n IH]; simpl; [|rewrite <- IH]; ring. Qed.

Lemma prod_power : forall n k f, prod n (fun i => f i ^ k) = prod n f ^ k.
Proof.
  intros n k f. induction n as [|n IH]; simpl prod; [symmetry; apply pow1|].
  rewrite IH. symmetry. apply Rpow_mult_distr.
Qed.

Lemma prod_constant : forall n c, prod n (fun _ => c) = c ^ n.
Proof. intros n c. induction n as [|n IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma prod_scaled : forall n c f, prod n (fun i => c * f i) = c ^ n * prod n f.
Proof. intros n c f. induction n as [|n IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma prod_last : forall n f, prod (n + 1) f = prod n f * f n.
Proof. intros n f. rewrite Nat.add_1_r. reflexivity. Qed.

Lemma prod_nonneg : forall n f, (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= prod n f.
Proof.
  induction n as [|n IH]; intros f h; simpl; [lra|].
  apply Rmult_le_pos; [apply IH; intros i hi|]; apply h; lia.
Qed.

Lemma pow_of_pow : forall b k n, (b ^ k) ^ n = (b ^ n) ^ k.
Proof. intros b k n. rewrite <- !pow_mult, Nat.mul_comm. reflexivity. Qed.

(* ---------------------------------------------------------------- membership *)

Lemma put_below : forall v m s i, (i < m)%nat -> put v m s i = v i.
Proof. intros v m s i h. unfold put. destruct (Nat.eqb_spec i m); [lia | reflexivity]. Qed.

Lemma put_here : forall v m s, put v m s m = s.
Proof. intros v m s. unfold put. rewrite Nat.eqb_refl. reflexivity. Qed.

Lemma in_cube : forall a b n v, In v (cube a b n) <->
  (forall i, (i < n)%nat -> v i = a \/ v i = b) /\ (forall i, (n <= i)%nat -> v i = 0).
Proof.
  intros a b n. induction n as [|n IH]; intros v.
  - simpl. split.
    + intros [<-|[]]. split; intros i h; [lia | reflexivity].
    + intros [_ h]. left. apply functional_extensionality. intros i. symmetry. apply h. lia.
  - simpl. rewrite in_flat_map. split.
    + intros [w [hw hv]]. apply IH in hw. destruct hw as [h0 h1].
      assert (e : exists s, (s = a \/ s = b) /\ v = put w n s)
        by (destruct hv as [<-|[<-|[]]]; [exists a | exists b]; auto).
      destruct e as [s [hs ->]]. split; intros i h.
      * destruct (Nat.eq_dec i n) as [->|d]; [rewrite put_here; exact hs|].
        rewrite put_below by lia. apply h0. lia.
      * unfold put. destruct (Nat.eqb_spec i n); [lia | apply h1; lia].
    + intros [h0 h1]. exists (fun i => if Nat.eqb i n then 0 else v i). split.
      * apply IH. split; intros i h; simpl; destruct (Nat.eqb_spec i n); try lia; try reflexivity;
          [apply h0 | apply h1]; lia.
      * assert (e : forall s, v n = s -> put (fun i => if Nat.eqb i n then 0 else v i) n s = v).
        { intros s hs. apply functional_extensionality. intros i. unfold put.
          destruct (Nat.eqb_spec i n) as [->|d]; [symmetry; exact hs | reflexivity]. }
        destruct (h0 n) as [hs|hs]; [lia | left | right; left]; apply e, hs.
Qed.

Lemma sign_at : forall n x i, In x (signs n) -> (i < n)%nat -> is_sign (x i).
Proof. intros n x i h hi. apply in_cube in h. apply h, hi. Qed.

Lemma bit_at : forall n x i, In x (bits n) -> (i < n)%nat -> is_bit (x i).
Proof. intros n x i h hi. apply in_cube in h. apply h, hi. Qed.

Lemma build_below : forall n f i, (i < n)%nat -> build n f i = f i.
Proof. intros n f i h. unfold build. destruct (Nat.ltb_spec i n); [reflexivity | lia]. Qed.

Lemma build_in : forall a b n f, (forall i, (i < n)%nat -> f i = a \/ f i = b) -> In (build n f) (cube a b n).
Proof.
  intros a b n f h. apply in_cube. split; intros i hi; unfold build.
  - destruct (Nat.ltb_spec i n); [apply h; assumption | lia].
  - destruct (Nat.ltb_spec i n); [lia | reflexivity].
Qed.

Lemma build_ext : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> build n f = build n g.
Proof.
  intros n f g h. apply functional_extensionality. intros i. unfold build.
  destruct (Nat.ltb_spec i n); [apply h; assumption | reflexivity].
Qed.

Lemma build_same : forall a b n v, In v (cube a b n) -> build n (fun i => v i) = v.
Proof.
  intros a b n v h. apply in_cube in h. apply functional_extensionality. intros i. unfold build.
  destruct (Nat.ltb_spec i n) as [l|l]; [reflexivity | symmetry; apply h, l].
Qed.

Lemma sign_square : forall s, is_sign s -> s ^ 2 = 1.
Proof. intros s [->| ->]; ring. Qed.

Lemma bit_square : forall b, is_bit b -> b ^ 2 = b.
Proof. intros b [->| ->]; ring. Qed.

Lemma sign_times : forall a b, is_sign a -> is_sign b -> is_sign (a * b).
Proof. intros a b [->| ->] [->| ->]; unfold is_sign; lra. Qed.

Lemma sign_opposite : forall a, is_sign a -> is_sign (- a).
Proof. intros a [->| ->]; unfold is_sign; lra. Qed.

Lemma sign_power : forall a k, is_sign a -> is_sign (a ^ k).
Proof.
  intros a k h. induction k as [|k IH]; simpl; [left; reflexivity | apply sign_times; assumption].
Qed.

Lemma sign_product : forall n f, (forall i, (i < n)%nat -> is_sign (f i)) -> is_sign (prod n f).
Proof.
  induction n as [|n IH]; intros f h; simpl; [left; reflexivity|].
  apply sign_times; [apply IH; intros i hi|]; apply h; lia.
Qed.

Lemma bit_times : forall a b, is_bit a -> is_bit b -> is_bit (a * b).
Proof. intros a b [->| ->] [->| ->]; unfold is_bit; lra. Qed.

Lemma bit_product : forall n f, (forall i, (i < n)%nat -> is_bit (f i)) -> is_bit (prod n f).
Proof.
  induction n as [|n IH]; intros f h; simpl; [right; reflexivity|].
  apply bit_times; [apply IH; intros i hi|]; apply h; lia.
Qed.

Lemma bit_nonneg : forall b, is_bit b -> 0 <= b.
Proof. intros b [->| ->]; lra. Qed.

Lemma power_bit : forall b x, is_bit b -> x ^ bit b = 1 + b * (x - 1).
Proof.
  intros b x [->| ->]; unfold bit; destruct (Req_EM_T _ 0) as [e|e]; simpl; try lra.
Qed.

(* ---------------------------------------------------------------- brackets *)

Lemma truth_bit : forall P Q (d : {P} + {Q}), is_bit (truth d).
Proof. intros P Q [h|h]; [right | left]; reflexivity. Qed.

Lemma truth_true : forall (P : Prop) (d : {P} + {~ P}), P -> truth d = 1.
Proof. intros P [h|h] p; [reflexivity | contradiction]. Qed.

Lemma truth_same : forall (P Q : Prop) (d : {P} + {~ P}) (e : {Q} + {~ Q}), (P <-> Q) -> truth d = truth e.
Proof. intros P Q [p|p] [q|q] h; simpl; tauto. Qed.

Lemma at_most : forall a b, truth (Rle_dec a b) = 1 - truth (Rlt_dec b a).
Proof. intros a b. destruct (Rle_dec a b), (Rlt_dec b a); simpl; lra. Qed.

Lemma less_gap : forall a b g, b - a = g -> truth (Rlt_dec a b) = truth (Rlt_dec 0 g).
Proof. intros a b g h. apply truth_same. lra. Qed.

Lemma equal_gap : forall a b g, a - b = g -> truth (Req_EM_T a b) = truth (Req_EM_T 0 g).
Proof. intros a b g h. apply truth_same. lra. Qed.

Lemma equal_bits : forall a b, is_bit a -> is_bit b -> truth (Req_EM_T a b) = 1 - a - b + 2 * (a * b).
Proof. intros a b [->| ->] [->| ->]; destruct (Req_EM_T _ _); simpl; lra. Qed.

Lemma equal_signs : forall a b, is_sign a -> is_sign b -> truth (Req_EM_T a b) = (1 + a * b) / 2.
Proof. intros a b [->| ->] [->| ->]; destruct (Req_EM_T _ _); simpl; lra. Qed.

Lemma equal_vectors : forall n a b,
  truth (agree n a b) = prod n (fun i => truth (Req_EM_T (a i) (b i))).
Proof.
  intros n a b. induction n as [|n IH].
  - simpl. reflexivity.
  - simpl prod. rewrite <- IH. destruct (agree (S n) a b) as [h|h], (agree n a b) as [g|g],
      (Req_EM_T (a n) (b n)) as [e|e]; simpl; try lra; exfalso.
    + apply e, h. lia.
    + apply g. intros i hi. apply h. lia.
    + apply e, h. lia.
    + apply h. intros i hi. destruct (Nat.eq_dec i n) as [->|d]; [exact e | apply g; lia].
Qed.

Lemma ordered_less : forall a b, 0 <= truth (Rlt_dec a b) * (b - a).
Proof. intros a b. destruct (Rlt_dec a b); simpl; lra. Qed.

Lemma ordered_at_most : forall a b, 0 <= truth (Rle_dec a b) * (b - a).
Proof. intros a b. destruct (Rle_dec a b); simpl; lra. Qed.

Lemma guarded_zero : forall (P : Prop) (d : {P} + {~ P}) c r,
  (P -> r = 0) -> c * truth d * r = 0.
Proof. intros P [p|p] c r h; simpl; [rewrite (h p)|]; ring. Qed.

(* ---------------------------------------------------------------- the cube *)

Lemma sum_cube_step : forall a b n f,
  sum (cube a b (S n)) f = sum (cube a b n) (fun v => f (put v n a) + f (put v n b)).
Proof.
  intros a b n f. simpl. induction (cube a b n) as [|v l IH]; simpl; [reflexivity|].
  rewrite IH. ring.
Qed.

Lemma count_cube : forall a b n, INR (length (cube a b n)) = 2 ^ n.
Proof.
  intros a b n. transitivity (sum (cube a b n) (fun _ => 1)).
  - rewrite sum_constant. ring.
  - induction n as [|n IH]; [simpl; ring|]. rewrite sum_cube_step.
    rewrite (sum_ext _ _ _ (fun _ => 2 * 1)) by (intros; ring). rewrite sum_scaled, IH. simpl. ring.
Qed.

Lemma count_signs : forall n c, sum (signs n) (fun _ => c) = 2 ^ n * c.
Proof. intros n c. rewrite sum_constant. unfold signs. rewrite count_cube. reflexivity. Qed.

Lemma count_bits : forall n c, sum (bits n) (fun _ => c) = 2 ^ n * c.
Proof. intros n c. rewrite sum_constant. unfold bits. rewrite count_cube. reflexivity. Qed.

Lemma mean_signs : forall n f, mean (signs n) f = (/ 2 ^ n) * sum (signs n) f.
Proof. intros n f. unfold mean, signs, Rdiv. rewrite count_cube. ring. Qed.

Lemma mean_bits : forall n f, mean (bits n) f = (/ 2 ^ n) * sum (bits n) f.
Proof. intros n f. unfold mean, bits, Rdiv. rewrite count_cube. ring. Qed.

Lemma factorise_cube : forall a b n (F : nat -> R -> R),
  sum (cube a b n) (fun v => prod n (fun i => F i (v i))) = prod n (fun i => F i a + F i b).
Proof.
  intros a b n F. induction n as [|n IH]; [simpl; ring|]. rewrite sum_cube_step.
  rewrite (sum_ext _ _ _ (fun v => (F n a + F n b) * prod n (fun i => F i (v i)))).
  - rewrite (sum_scaled vector). simpl. rewrite <- IH. ring.
  - intros v _. simpl. rewrite !put_here.
    rewrite (prod_ext n (fun i => F i (put v n a i)) (fun i => F i (v i)))
      by (intros i hi; rewrite put_below by exact hi; reflexivity).
    rewrite (prod_ext n (fun i => F i (put v n b i)) (fun i => F i (v i)))
      by (intros i hi; rewrite put_below by exact hi; reflexivity).
    ring.
Qed.

(* A sum against a product that vanishes wherever v i differs from s i. *)
Lemma contract_cube : forall a b n s (F : nat -> R -> R) (G : vector -> R),
  In s (cube a b n) ->
  (forall i, (i < n)%nat -> F i (a + b - s i) = 0) ->
  sum (cube a b n) (fun v => G v * prod n (fun i => F i (v i))) = G s * prod n (fun i => F i (s i)).
Proof.
  intros a b n. induction n as [|n IH]; intros s F G hs h0.
  - simpl in *. destruct hs as [<-|[]]. ring.
  - simpl in hs. apply in_flat_map in hs. destruct hs as [w [hw hv]].
    assert (e : exists c, (c = a \/ c = b) /\ s = put w n c)
      by (destruct hv as [<-|[<-|[]]]; [exists a | exists b]; auto).
    destruct e as [c [hc ->]]. rewrite sum_cube_step.
    rewrite (sum_ext _ _ _ (fun v => G (put v n c) * F n c * prod n (fun i => F i (v i)))).
    + rewrite (IH w F (fun v => G (put v n c) * F n c) hw).
      * simpl. rewrite put_here.
        rewrite (prod_ext n (fun i => F i (put w n c i)) (fun i => F i (w i)))
          by (intros i hi; rewrite put_below by exact hi; reflexivity).
        ring.
      * intros i hi. rewrite <- (h0 i) by lia. rewrite put_below by exact hi. reflexivity.
    + intros v _. simpl. rewrite !put_here.
      rewrite (prod_ext n (fun i => F i (put v n a i)) (fun i => F i (v i)))
        by (intros i hi; rewrite put_below by exact hi; reflexivity).
      rewrite (prod_ext n (fun i => F i (put v n b i)) (fun i => F i (v i)))
        by (intros i hi; rewrite put_below by exact hi; reflexivity).
      assert (z : F n (a + b - c) = 0) by (rewrite <- (h0 n) by lia; rewrite put_here; reflexivity).
      destruct hc as [->| ->].
      * replace (a + b - a) with b in z by ring. rewrite z. ring.
      * replace (a + b - b) with a in z by ring. rewrite z. ring.
Qed.

Lemma factorise_signs : forall n (F : nat -> R -> R),
  sum (signs n) (fun v => prod n (fun i => F i (v i))) = prod n (fun i => F i 1 + F i (Ropp 1)).
Proof. intros n F. apply factorise_cube. Qed.

Lemma factorise_bits : forall n (F : nat -> R -> R),
  sum (bits n) (fun v => prod n (fun i => F i (v i))) = prod n (fun i => F i 0 + F i 1).
Proof. intros n F. apply factorise_cube. Qed.

Lemma contract_signs : forall n s (F : nat -> R -> R) (G : vector -> R),
  In s (signs n) -> (forall i, (i < n)%nat -> F i (- s i) = 0) ->
  sum (signs n) (fun v => G v * prod n (fun i => F i (v i))) = G s * prod n (fun i => F i (s i)).
Proof.
  intros n s F G hs h. apply contract_cube; [exact hs|]. intros i hi.
  replace (1 + Ropp 1 - s i) with (- s i) by ring. apply h, hi.
Qed.

Lemma contract_bits : forall n s (F : nat -> R -> R) (G : vector -> R),
  In s (bits n) -> (forall i, (i < n)%nat -> F i (1 - s i) = 0) ->
  sum (bits n) (fun v => G v * prod n (fun i => F i (v i))) = G s * prod n (fun i => F i (s i)).
Proof.
  intros n s F G hs h. apply contract_cube; [exact hs|]. intros i hi.
  replace (0 + 1 - s i) with (1 - s i) by ring. apply h, hi.
Qed.

(* ---------------------------------------------------------------- derivatives *)

Lemma slope_of : forall k F w, smooth (S k) F -> derivable_pt_lim F w (diff F w).
Proof. intros k F w h. apply h. Qed.

Lemma slope_constant : forall c w, derivable_pt_lim (fun _ => c) w 0.
Proof. intros c w. apply (derivable_pt_lim_const c w). Qed.

Lemma slope_variable : forall w, derivable_pt_lim (fun t => t) w 1.
Proof. intros w. apply (derivable_pt_lim_id w). Qed.

Lemma slope_plus : forall f g w a b, derivable_pt_lim f w a -> derivable_pt_lim g w b ->
  derivable_pt_lim (fun t => f t + g t) w (a + b).
Proof. intros f g w a b hf hg. exact (derivable_pt_lim_plus f g w a b hf hg). Qed.

Lemma slope_opposite : forall f w a, derivable_pt_lim f w a -> derivable_pt_lim (fun t => - f t) w (- a).
Proof. intros f w a hf. exact (derivable_pt_lim_opp f w a hf). Qed.

Lemma slope_times : forall f g w a b, derivable_pt_lim f w a -> derivable_pt_lim g w b ->
  derivable_pt_lim (fun t => f t * g t) w (a * g w + f w * b).
Proof. intros f g w a b hf hg. exact (derivable_pt_lim_mult f g w a b hf hg). Qed.

Lemma slope_over : forall f w a c, derivable_pt_lim f w a -> derivable_pt_lim (fun t => f t / c) w (a / c).
Proof.
  intros f w a c hf. unfold Rdiv. replace (a * / c) with (a * / c + f w * 0) by ring.
  apply (slope_times f (fun _ => / c)); [exact hf | apply slope_constant].
Qed.

Lemma slope_power : forall f w a k c, INR (S k) = c -> derivable_pt_lim f w a ->
  derivable_pt_lim (fun t => f t ^ S k) w (c * f w ^ k * a).
Proof.
  intros f w a k c <- hf.
  exact (derivable_pt_lim_comp f (fun y => y ^ S k) w a _ hf (derivable_pt_lim_pow (f w) (S k))).
Qed.

Lemma slope_chain : forall f g w a b, derivable_pt_lim f w a -> derivable_pt_lim g (f w) b ->
  derivable_pt_lim (fun t => g (f t)) w (b * a).
Proof. intros f g w a b hf hg. exact (derivable_pt_lim_comp f g w a b hf hg). Qed.

Lemma slope_sum : forall (A : Type) (l : list A) (f : A -> R -> R) d w,
  (forall a, In a l -> derivable_pt_lim (f a) w (d a)) ->
  derivable_pt_lim (fun t => sum l (fun a => f a t)) w (sum l d).
Proof.
  intros A l f d w. induction l as [|a l IH]; intros h; simpl; [apply slope_constant|].
  apply (slope_plus (f a) (fun t => sum l (fun b => f b t))); [apply h; left; reflexivity|].
  apply IH. intros b hb. apply h. right. exact hb.
Qed.

Lemma slope_mean : forall (A : Type) (l : list A) (f : A -> R -> R) d w,
  (forall a, In a l -> derivable_pt_lim (f a) w (d a)) ->
  derivable_pt_lim (fun t => mean l (fun a => f a t)) w (mean l d).
Proof. intros A l f d w h. apply slope_over, slope_sum, h. Qed.

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

Ltac nonzero :=
  repeat match goal with |- _ /\ _ => split end;
  try assumption; try lra;
  match goal with
  | |- _ ^ _ <> 0 => apply pow_nonzero; nonzero
  | |- _ * _ <> 0 => apply Rmult_integral_contrapositive_currified; nonzero
  | |- / _ <> 0 => apply Rinv_neq_0_compat; nonzero
  | |- - _ <> 0 => apply Ropp_neq_0_compat; nonzero
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
  | |- 0 <= sum _ _ => apply sum_nonneg; intros; nonneg
  | |- 0 <= mean _ _ => apply mean_nonneg; intros; nonneg
  | |- 0 <= prod _ _ => apply prod_nonneg; intros; nonneg
  | |- _ => first [lra | apply bit_nonneg; assumption]
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

Lemma difference_zero : forall c l r, l = r -> c * (l - r) = 0.
Proof. intros c l r ->. ring. Qed.

Lemma difference_nonneg : forall c l r, 0 <= c -> l <= r -> 0 <= c * (r - l).
Proof. intros c l r hc h. apply Rmult_le_pos; lra. Qed.

Lemma difference_positive : forall c l r, 0 < c -> l < r -> 0 < c * (r - l).
Proof. intros c l r hc h. apply Rmult_lt_0_compat; lra. Qed.

Lemma guarded_nonneg : forall (P : Prop) (d : {P} + {~ P}) c l r,
  0 <= c -> (P -> l <= r) -> 0 <= c * truth d * (r - l).
Proof.
  intros P [p|p] c l r hc h; simpl; [|lra]. specialize (h p). rewrite Rmult_1_r. apply Rmult_le_pos; lra.
Qed.

Lemma guarded_difference : forall (P : Prop) (d : {P} + {~ P}) c l r, (P -> l = r) -> c * truth d * (l - r) = 0.
Proof. intros P [p|p] c l r h; simpl; [rewrite (h p)|]; ring. Qed.

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

(* Every case of every bracket: equal points are equal, and a guard that holds opens what it guards. *)
Ltac by_brackets :=
  unfold truth; repeat match goal with |- context [if ?d then _ else _] => destruct d end;
  first
    [ ring
    | exfalso;
      repeat match goal with
             | h : ~ _ < _ |- _ => apply Rnot_lt_le in h
             | h : ~ _ <= _ |- _ => apply Rnot_le_lt in h
             | h : ?P -> _ = _ |- _ => let k := fresh in assert (k : P) by lra; specialize (h k); clear k
             end;
      congruence ].
