(* ---------------------------------------------------------------- all multi-indices below a bound, by degree *)

Definition degree (n : nat) (v : nat -> nat) : nat := nat_sum (indices n) v.
Fixpoint box (n : nat) (r : nat -> nat) : list (nat -> nat) :=
  match n with
  | O => [fun _ => 0%nat]
  | S k => flat_map (fun v => map (fun e i => if Nat.eqb i k then e else v i) (seq 0 (S (r k)))) (box k r)
  end.
Definition apart (n : nat) (v w : nat -> nat) : Prop := exists i, (i < n)%nat /\ v i <> w i.
Fixpoint pairwise (P : (nat -> nat) -> (nat -> nat) -> Prop) (l : list (nat -> nat)) : Prop :=
  match l with
  | [] => True
  | v :: rest => (forall w, In w rest -> P v w) /\ pairwise P rest
  end.

Lemma pairwise_app : forall P l k, pairwise P l -> pairwise P k ->
  (forall v w, In v l -> In w k -> P v w) -> pairwise P (l ++ k).
Proof.
  intros P l k. induction l as [|v l IH]; [intros; assumption|]. intros [hv hl] hk h. split.
  - intros w hw. apply in_app_or in hw. destruct hw as [hw|hw]; [apply hv, hw | apply h; [left; reflexivity | exact hw]].
  - apply IH; [exact hl | exact hk | intros a b ha hb; apply h; [right; exact ha | exact hb]].
Qed.

Lemma box_apart : forall n r, pairwise (apart n) (box n r).
Proof.
  intros n r. induction n as [|n IH]; [split; [intros w [] | exact I]|]. cbn [box].
  induction (box n r) as [|v l IHl]; [exact I|]. destruct IH as [hv hl]. cbn [flat_map].
  apply pairwise_app; [| apply IHl, hl |].
  - generalize (S (r n)) as k. intros k. generalize 0%nat as start. induction k as [|k IHk]; intros start; [exact I|].
    split; [|apply IHk]. intros w hw. apply in_map_iff in hw. destruct hw as [e [<- he]]. apply in_seq in he.
    exists n. split; [lia|]. rewrite Nat.eqb_refl. lia.
  - intros a b ha hb. apply in_map_iff in ha. destruct ha as [e [<- _]]. apply in_flat_map in hb.
    destruct hb as [w [hw hb]]. apply in_map_iff in hb. destruct hb as [e' [<- _]].
    destruct (hv w hw) as [i [hi d]]. exists i. split; [lia|].
    destruct (Nat.eqb_spec i n) as [->|_]; [lia | exact d].
Qed.

Lemma box_below : forall n r v, In v (box n r) -> forall i, (i < n)%nat -> (v i <= r i)%nat.
Proof.
  intros n r. induction n as [|n IH]; intros v hv i hi; [lia|]. cbn [box] in hv.
  apply in_flat_map in hv. destruct hv as [w [hw hv]]. apply in_map_iff in hv. destruct hv as [e [<- he]].
  apply in_seq in he. destruct (Nat.eqb_spec i n) as [->|d]; [lia | apply IH; [exact hw | lia]].
Qed.

Lemma box_length : forall n r, length (box n r) = nat_prod n (fun i => (r i + 1)%nat).
Proof.
  intros n r. induction n as [|n IH]; [reflexivity|]. cbn [box nat_prod]. rewrite <- IH. clear IH.
  induction (box n r) as [|v l IHl]; [reflexivity|]. cbn [flat_map].
  rewrite app_length, map_length, seq_length, IHl. simpl length. lia.
Qed.

Lemma box_zero : forall n r, exists z l, box n r = z :: l /\ (forall i, z i = 0%nat).
Proof.
  intros n r. induction n as [|n [z [l [e h]]]]; [exists (fun _ => 0%nat), []; split; reflexivity|].
  cbn [box]. rewrite e. cbn [flat_map seq map app]. eexists. eexists. split; [reflexivity|].
  intros i. cbv beta. destruct (Nat.eqb i n); [reflexivity | apply h].
Qed.

(* In the order of the degree, whatever else stays. *)
Fixpoint put_in (d : (nat -> nat) -> nat) (v : nat -> nat) (l : list (nat -> nat)) :=
  match l with
  | [] => [v]
  | w :: rest => if Nat.leb (d v) (d w) then v :: l else w :: put_in d v rest
  end.
Definition by_degree (d : (nat -> nat) -> nat) (l : list (nat -> nat)) := fold_right (put_in d) [] l.

Lemma in_put_in : forall d v l w, In w (put_in d v l) <-> w = v \/ In w l.
Proof.
  intros d v l w. induction l as [|u l IH]; simpl; [intuition congruence|].
  destruct (Nat.leb (d v) (d u)); simpl; [intuition congruence | rewrite IH; tauto].
Qed.

Lemma in_by_degree : forall d l w, In w (by_degree d l) <-> In w l.
Proof.
  intros d l w. induction l as [|v l IH]; simpl; [tauto|]. rewrite in_put_in, IH. intuition congruence.
Qed.

Lemma by_degree_length : forall d l, length (by_degree d l) = length l.
Proof.
  intros d l. induction l as [|v l IH]; [reflexivity|]. simpl. rewrite <- IH. clear IH.
  induction (by_degree d l) as [|w k IH]; [reflexivity|]. simpl.
  destruct (Nat.leb (d v) (d w)); simpl; [reflexivity | rewrite IH; reflexivity].
Qed.

Lemma by_degree_pairwise : forall d (P : (nat -> nat) -> (nat -> nat) -> Prop) l,
  (forall v w, P v w -> P w v) -> pairwise P l ->
  pairwise (fun v w => P v w /\ (d v <= d w)%nat) (by_degree d l).
Proof.
  intros d P l sym. induction l as [|v l IH]; [intros; exact I|]. intros [hv hl]. specialize (IH hl). simpl.
  assert (hp : forall w, In w (by_degree d l) -> P v w) by (intros w hw; apply hv, (in_by_degree d l w), hw).
  clear hv hl. induction (by_degree d l) as [|w k IHk]; [split; [intros u [] | exact I]|]. simpl.
  destruct IH as [hw hk]. destruct (Nat.leb_spec (d v) (d w)) as [le|gt].
  - split; [|split; assumption]. intros u [<-|hu].
    + split; [apply hp; left; reflexivity | exact le].
    + split; [apply hp; right; exact hu | specialize (hw u hu); lia].
  - split.
    + intros u hu. apply in_put_in in hu. destruct hu as [->|hu]; [|apply hw, hu].
      split; [apply sym, hp; left; reflexivity | lia].
    + apply IHk; [exact hk | intros u hu; apply hp; right; exact hu].
Qed.

Lemma triangular_map : forall m (pair : (nat -> nat) -> (nat -> R) * (nat -> R))
  (P : (nat -> nat) -> (nat -> nat) -> Prop) l,
  (forall v, In v l -> entry m (fst (pair v)) (snd (pair v)) <> 0) ->
  (forall v w, In v l -> In w l -> P v w -> entry m (fst (pair v)) (snd (pair w)) = 0) ->
  pairwise P l -> triangular m (map pair l).
Proof.
  intros m pair P l. induction l as [|v l IH]; [intros; exact I|]. intros hd hz [hv hl]. split; [|split].
  - apply hd. left. reflexivity.
  - intros b hb. apply in_map_iff in hb. destruct hb as [w [<- hw]].
    apply hz; [left; reflexivity | right; exact hw | apply hv, hw].
  - apply IH; [intros w hw; apply hd | intros u w hu hw; apply hz | exact hl]; right; assumption.
Qed.

Lemma degree_less : forall n r v, (forall i, (i < n)%nat -> (v i <= r i)%nat) ->
  (degree n (fun i => r i - v i) + degree n v = degree n r)%nat.
Proof.
  assert (step : forall n v, degree (S n) v = (degree n v + v n)%nat).
  { intros n v. unfold degree, indices. rewrite seq_S. simpl. induction (seq 0 n) as [|a l IH]; simpl; [lia | lia]. }
  intros n r v. induction n as [|n IH]; intros h; [reflexivity|]. rewrite !step.
  pose proof (h n (Nat.lt_succ_diag_r n)). specialize (IH (fun i hi => h i (Nat.lt_lt_succ_r _ _ hi))). lia.
Qed.

Lemma degree_both : forall n v w, degree n (fun i => (v i + w i)%nat) = (degree n v + degree n w)%nat.
Proof. intros n v w. unfold degree. induction (indices n) as [|a l IH]; simpl; [reflexivity | rewrite IH; lia]. Qed.

(* Rows v and columns r - v: what vanishes at low degrees off the diagonal is triangular in the order of the degree. *)
Lemma rank_of_chosen : forall m n r (l : list (nat -> nat)) (row column : (nat -> nat) -> nat -> R),
  pairwise (apart n) l -> (forall v, In v l -> forall i, (i < n)%nat -> (v i <= r i)%nat) ->
  (forall v u, In v l -> forall slack place, (place < n)%nat ->
    (slack + degree n (fun i => v i + u i) = degree n r)%nat -> (v place + u place <> r place)%nat ->
    entry m (row v) (column u) = 0) ->
  (forall v u, In v l -> (forall i, (i < n)%nat -> (v i + u i = r i)%nat) -> entry m (row v) (column u) <> 0) ->
  (length l <= m)%nat.
Proof.
  intros m n r l row column ha hb hz hd. rewrite <- (by_degree_length (degree n) l).
  rewrite <- (map_length (fun v => (row v, column (fun i => (r i - v i)%nat)))). apply rank_bound.
  apply (triangular_map m _ (fun v w => apart n v w /\ (degree n v <= degree n w)%nat)).
  - intros v hv. apply in_by_degree in hv. apply (hd v); [exact hv|]. intros i hi. specialize (hb v hv i hi). lia.
  - intros v w hv hw [[p [hp d]] le]. apply in_by_degree in hv, hw.
    apply (hz v _ hv (degree n w - degree n v)%nat p hp).
    + rewrite degree_both. pose proof (degree_less n r w (hb w hw)). lia.
    + specialize (hb w hw p hp). lia.
  - apply by_degree_pairwise; [|exact ha]. intros v w [i [hi d]]. exists i. split; [exact hi | congruence].
Qed.

Lemma rank_of_box : forall m n r (row column : (nat -> nat) -> nat -> R),
  (forall v u slack place, (place < n)%nat ->
    (slack + degree n (fun i => v i + u i) = degree n r)%nat -> (v place + u place <> r place)%nat ->
    entry m (row v) (column u) = 0) ->
  (forall v u, (forall i, (i < n)%nat -> (v i + u i = r i)%nat) -> entry m (row v) (column u) <> 0) ->
  (nat_prod n (fun i => (r i + 1)%nat) <= m)%nat.
Proof.
  intros m n r row column hz hd. rewrite <- box_length.
  apply (rank_of_chosen m n r (box n r) row column); [apply box_apart | apply box_below | |].
  - intros v u _. apply hz.
  - intros v u _. apply hd.
Qed.

(* The same without the row 0. *)
Lemma rank_of_proper_box : forall m n r (row column : (nat -> nat) -> nat -> R),
  (forall v u slack place somewhere, (place < n)%nat -> (somewhere < n)%nat ->
    (slack + degree n (fun i => v i + u i) = degree n r)%nat -> (v place + u place <> r place)%nat ->
    (1 <= v somewhere)%nat -> entry m (row v) (column u) = 0) ->
  (forall v u somewhere, (somewhere < n)%nat -> (forall i, (i < n)%nat -> (v i + u i = r i)%nat) ->
    (1 <= v somewhere)%nat -> entry m (row v) (column u) <> 0) ->
  (nat_prod n (fun i => (r i + 1)%nat) <= m + 1)%nat.
Proof.
  intros m n r row column hz hd. rewrite <- box_length. pose proof (box_apart n r) as ha.
  pose proof (box_below n r) as hb. destruct (box_zero n r) as [z [l [e h0]]]. rewrite e in *. destruct ha as [hz0 ha].
  assert (some : forall v, In v l -> exists i, (i < n)%nat /\ (1 <= v i)%nat).
  { intros v hv. destruct (hz0 v hv) as [i [hi d]]. exists i. split; [exact hi|]. rewrite h0 in d. lia. }
  assert (bound : (length l <= m)%nat); [|simpl; lia].
  apply (rank_of_chosen m n r l row column ha).
  - intros v hv. apply hb. right. exact hv.
  - intros v u hv slack place hp hs hd'. destruct (some v hv) as [i [hi one]]. apply (hz v u slack place i); assumption.
  - intros v u hv whole. destruct (some v hv) as [i [hi one]]. apply (hd v u i); assumption.
Qed.
